/** Words of the first pages. */
export const homeZh = {
  hello: (name: string) => `您好，${name}`,
  waits: '等着您的',
}
