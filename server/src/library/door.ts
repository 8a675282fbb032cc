/** What higher floors may ask of the library. */
export { saveReadyArticles } from './ready-articles.ts'
export { listArticles } from './store.ts'
