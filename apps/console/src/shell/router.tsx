import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { FailedPage, UnknownPage } from './FailedPage.tsx'
import { loadPart } from './reaching.ts'
import { Shell } from './Shell.tsx'

const root = createRootRoute({ component: Shell })
const anySearch = (search: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(search).map(([k, v]) => [k, String(v)])) as Record<string, string>

const routes = [
  createRoute({
    getParentRoute: () => root,
    path: '/',
    component: lazyRouteComponent(() => loadPart(() => import('../home/HomePage.tsx')), 'HomePage'),
    validateSearch: anySearch,
    // Lists lay here before: their addresses go on to where they lie now.
    beforeLoad: ({ search }) => {
      if (Object.keys(search).length > 0) throw redirect({ to: '/events', search, replace: true })
    },
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/events',
    component: lazyRouteComponent(() => loadPart(() => import('../events/EventList.tsx')), 'EventList'),
    staticData: { fills: true },
    validateSearch: anySearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/events/$id',
    component: lazyRouteComponent(() => loadPart(() => import('../events/EventPage.tsx')), 'EventPage'),
    staticData: { fills: true },
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/shares',
    component: lazyRouteComponent(() => loadPart(() => import('../events/shares/SharesPage.tsx')), 'SharesPage'),
    validateSearch: anySearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/dispatch',
    component: lazyRouteComponent(() => loadPart(() => import('../events/DispatchPage.tsx')), 'DispatchPage'),
    staticData: { fills: true },
    validateSearch: anySearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/report',
    component: lazyRouteComponent(() => loadPart(() => import('../events/ReportPage.tsx')), 'ReportPage'),
    staticData: { fills: true },
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/places',
    component: lazyRouteComponent(() => loadPart(() => import('../places/PlacesPage.tsx')), 'PlacesPage'),
    validateSearch: anySearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/registry',
    component: lazyRouteComponent(() => loadPart(() => import('../registry/RegistryPage.tsx')), 'RegistryPage'),
    validateSearch: anySearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/registry/house/$id',
    component: lazyRouteComponent(() => loadPart(() => import('../registry/HouseholdPage.tsx')), 'HouseholdPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/registry/building/$id',
    component: lazyRouteComponent(() => loadPart(() => import('../registry/BuildingPage.tsx')), 'BuildingPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/registry/record/$id',
    component: lazyRouteComponent(() => loadPart(() => import('../registry/RecordPage.tsx')), 'RecordPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/trace',
    component: lazyRouteComponent(() => loadPart(() => import('../registry/TracePage.tsx')), 'TracePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/work',
    component: lazyRouteComponent(() => loadPart(() => import('../work/WorkPage.tsx')), 'WorkPage'),
    validateSearch: anySearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sync',
    component: lazyRouteComponent(() => loadPart(() => import('../work/SyncPage.tsx')), 'SyncPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sensors',
    component: lazyRouteComponent(() => loadPart(() => import('../sensors/SensorsPage.tsx')), 'SensorsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/catalogue',
    component: lazyRouteComponent(() => loadPart(() => import('../rules/CataloguePage.tsx')), 'CataloguePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/labels',
    component: lazyRouteComponent(() => loadPart(() => import('../rules/LabelsPage.tsx')), 'LabelsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/calendar',
    component: lazyRouteComponent(() => loadPart(() => import('../rules/CalendarPage.tsx')), 'CalendarPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/accounts',
    component: lazyRouteComponent(() => loadPart(() => import('../identity/AccountsPage.tsx')), 'AccountsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/departments',
    component: lazyRouteComponent(() => loadPart(() => import('../identity/DepartmentsPage.tsx')), 'DepartmentsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/audit',
    component: lazyRouteComponent(() => loadPart(() => import('../audit/AuditPage.tsx')), 'AuditPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/security',
    component: lazyRouteComponent(() => loadPart(() => import('./SecurityPage.tsx')), 'SecurityPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/parts',
    component: lazyRouteComponent(() => loadPart(() => import('./parts/PartsPage.tsx')), 'PartsPage'),
  }),
]

export const router = createRouter({
  routeTree: root.addChildren(routes),
  basepath: '/console',
  defaultPreload: 'intent',
  defaultErrorComponent: FailedPage,
  defaultNotFoundComponent: UnknownPage,
})
declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
  interface HistoryState {
    /** What is looked for in the registry: no address tells of whom. */
    readonly find?: string
  }
  interface StaticDataRouteOption {
    /** The page fills the window and its columns scroll by themselves. */
    readonly fills?: boolean
  }
}
