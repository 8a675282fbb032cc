/** Which of the two versions this phone shows. */
export const isElder = (): boolean => localStorage.getItem('fengge.elder') === 'yes'
export function setElder(is: boolean): void {
  localStorage.setItem('fengge.elder', is ? 'yes' : 'no')
  location.hash = ''
  location.reload()
}
