import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { setLanguage } from '@fengge/web/words/language.ts'
import { FieldShell } from './shell/FieldShell.tsx'
import './shell/field.css'

const client = new QueryClient({ defaultOptions: { queries: { retry: 1, staleTime: 5000 } } })
setLanguage(localStorage.getItem('fengge.language') === 'en' ? 'en' : 'zh')
createRoot(document.getElementById('root')!).render(<QueryClientProvider client={client}><FieldShell /></QueryClientProvider>)
