import * as promises from '@fengge/domain/library/contract'
import type { Serve } from '../kernel/serve.ts'
import { saveArticle } from './commands/save-article.ts'
import { searchLibrary } from './queries.ts'

export function libraryRoutes(serve: Serve): void {
  serve.read(promises.searchLibrary, searchLibrary)
  serve.write(promises.saveArticle, saveArticle)
}
