import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { App as AntApp, ConfigProvider, type ConfigProviderProps } from 'antd'
import enUS from 'antd/locale/en_US.js'
import zhCN from 'antd/locale/zh_CN.js'
import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn.js'
import { createRoot } from 'react-dom/client'
import { formMessages } from '@fengge/web/words/form-messages.ts'
import { setLanguage, useWords } from '@fengge/web/words/language.ts'
import { router } from './shell/router.tsx'
import { theme } from './shell/theme.ts'
import '@fengge/web/ui/tokens.css'
import './shell/console.css'
import './shell/frame/frame.css'

type Locale = NonNullable<ConfigProviderProps['locale']>
// The locale files are CommonJS: some loaders give the module, some its default.
const localeOf = (file: unknown) => ((file as { default?: Locale }).default ?? file) as Locale

const client = new QueryClient({
  defaultOptions: {
    // Without a line a call fails and says so; it does not wait in silence.
    queries: { retry: false, staleTime: 5000, refetchOnWindowFocus: true, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
})

function Root() {
  const { language } = useWords()
  // Months, week days and weeks of the pickers.
  dayjs.locale(language === 'zh' ? 'zh-cn' : 'en')
  return (
    <ConfigProvider
      locale={localeOf(language === 'zh' ? zhCN : enUS)}
      button={{ autoInsertSpace: false }}
      form={{ validateMessages: formMessages(language) }}
      theme={theme}
    >
      <AntApp>
        <QueryClientProvider client={client}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntApp>
    </ConfigProvider>
  )
}

setLanguage(localStorage.getItem('fengge.language') === 'en' ? 'en' : 'zh')
createRoot(document.getElementById('root')!).render(<Root />)
