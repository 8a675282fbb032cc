/** Full-width signs made plain. Most texts hold none, and are left as they are without the cost of looking closer. */
import { normal } from '../kernel/text.ts'
export const narrow = (text: string): string =>
  /[^\u0020-\u007e\u3400-\u9fff]/.test(text) ? normal(text, 'NFKC') : text
