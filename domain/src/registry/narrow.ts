/** Full-width signs made plain. Most texts hold none, and are left as they are without the cost of looking closer. */
export const narrow = (text: string): string =>
  /[^\u0020-\u007e\u3400-\u9fff]/.test(text) ? text.normalize('NFKC') : text
