import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { Shell } from './Shell.tsx'

const root = createRootRoute({ component: Shell })
const anySearch = (search: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(search).map(([k, v]) => [k, String(v)])) as Record<string, string>

const routes = [
  createRoute({
    getParentRoute: () => root,
    path: '/',
    component: lazyRouteComponent(() => import('../events/EventList.tsx'), 'EventList'),
    validateSearch: anySearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/events/$id',
    component: lazyRouteComponent(() => import('../events/EventPage.tsx'), 'EventPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/dispatch',
    component: lazyRouteComponent(() => import('../events/DispatchPage.tsx'), 'DispatchPage'),
    validateSearch: anySearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/report',
    component: lazyRouteComponent(() => import('../events/ReportPage.tsx'), 'ReportPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/places',
    component: lazyRouteComponent(() => import('../places/PlacesPage.tsx'), 'PlacesPage'),
    validateSearch: anySearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/registry',
    component: lazyRouteComponent(() => import('../registry/RegistryPage.tsx'), 'RegistryPage'),
    validateSearch: anySearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/registry/house/$id',
    component: lazyRouteComponent(() => import('../registry/HouseholdPage.tsx'), 'HouseholdPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/registry/building/$id',
    component: lazyRouteComponent(() => import('../registry/BuildingPage.tsx'), 'BuildingPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/registry/record/$id',
    component: lazyRouteComponent(() => import('../registry/RecordPage.tsx'), 'RecordPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/trace',
    component: lazyRouteComponent(() => import('../registry/TracePage.tsx'), 'TracePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/work',
    component: lazyRouteComponent(() => import('../work/WorkPage.tsx'), 'WorkPage'),
    validateSearch: anySearch,
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sync',
    component: lazyRouteComponent(() => import('../work/SyncPage.tsx'), 'SyncPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sensors',
    component: lazyRouteComponent(() => import('../sensors/SensorsPage.tsx'), 'SensorsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/catalogue',
    component: lazyRouteComponent(() => import('../rules/CataloguePage.tsx'), 'CataloguePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/labels',
    component: lazyRouteComponent(() => import('../rules/LabelsPage.tsx'), 'LabelsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/calendar',
    component: lazyRouteComponent(() => import('../rules/CalendarPage.tsx'), 'CalendarPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/accounts',
    component: lazyRouteComponent(() => import('../identity/AccountsPage.tsx'), 'AccountsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/departments',
    component: lazyRouteComponent(() => import('../identity/DepartmentsPage.tsx'), 'DepartmentsPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/audit',
    component: lazyRouteComponent(() => import('../audit/AuditPage.tsx'), 'AuditPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/security',
    component: lazyRouteComponent(() => import('./SecurityPage.tsx'), 'SecurityPage'),
  }),
]

export const router = createRouter({
  routeTree: root.addChildren(routes),
  basepath: '/console',
  defaultPreload: 'intent',
})
declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
