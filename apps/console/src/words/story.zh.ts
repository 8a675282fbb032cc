/** Words of the steps of an event. */
export const storyZh = {
  stepsBetween: (count: number) => `中间还有 ${count} 步，点此查看`,
}
