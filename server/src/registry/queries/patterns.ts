/** Texts of people as patterns of `like`: what they typed means itself. */
const plain = (text: string) => text.replace(/[%_\\]/g, '\\$&')

export const startsWith = (text: string): string => `${plain(text)}%`
export const holds = (text: string): string => `%${plain(text)}%`
