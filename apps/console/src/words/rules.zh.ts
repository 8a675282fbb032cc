/** Words of the rules of a county. */
export const rulesZh = {
  asksWait: '待县级另一人同意的事项修订',
  askOf: (code: string, name: string, from: string) => `${code} ${name}，自 ${from} 起`,
  takesOff: (fields: string) => `将取消或降低：${fields}`,
  askedBy: (name: string, at: string) => `${name} ${at} 提出`,
  agree: '同意',
  refuse: '不同意',
  savedOrWaits: '修订已提交，待县级另一人同意后自次日起生效',
}
