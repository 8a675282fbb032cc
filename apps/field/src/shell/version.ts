/** Which of the two versions this phone shows, and how large its letters are. */
const chosen = 'fengge.elder'
export const isElder = (): boolean => localStorage.getItem(chosen) === 'yes'
export function setElder(is: boolean): void {
  localStorage.setItem(chosen, is ? 'yes' : 'no')
  location.hash = ''
  location.reload()
}

/** A liaison begins with the elder version; whoever chose one keeps it. */
export function settleVersion(roles: readonly string[]): void {
  if (localStorage.getItem(chosen) !== null || roles.length === 0) return
  if (roles.every((r) => r === 'liaison')) localStorage.setItem(chosen, 'yes')
}

/** From the least that is read well to the largest; the elder's begin higher. */
export const sizes = (): readonly string[] =>
  isElder() ? ['20px', '22px', '24px', '27px', '30px'] : ['17px', '19px', '21px', '24px', '30px']
export const sizeNow = (): string => {
  const kept = localStorage.getItem('fengge.size')
  const [least = '', ...rest] = sizes()
  return rest.find((s) => s === kept) ?? least
}
export function setSize(size: string): void {
  localStorage.setItem('fengge.size', size)
  showVersion()
}
export function showVersion(): void {
  document.documentElement.dataset['size'] = isElder() ? 'elder' : 'hand'
  document.documentElement.style.setProperty('--size', sizeNow())
}
