// The routes of the page. A thing's page is at the path of its IRI.
import { createRouter, createWebHistory, type RouteRecordRaw } from 'vue-router'
import HomeView from './views/HomeView.vue'

export const routes: RouteRecordRaw[] = [
  { path: '/', name: 'home', component: HomeView },
  { path: '/search', name: 'search', component: () => import('./views/SearchView.vue'), meta: { title: 'search.title' } },
  { path: '/compare', name: 'compare', component: () => import('./views/CompareView.vue'), meta: { title: 'compare.title' } },
  { path: '/gizmo', name: 'gizmo', component: () => import('./views/GizmoView.vue'), meta: { title: 'gizmo.title' } },
  { path: '/id/document/:sha([^/]+)', name: 'document', component: () => import('./views/DocumentView.vue'), meta: { title: 'document.title' } },
  { path: '/id/document/:sha([^/]+)/:part(.+)', name: 'part', component: () => import('./views/PartView.vue') },
  { path: '/id/indicator/:indicator(.+)', redirect: (to) => ({ name: 'compare', query: { indicator: 'indicator/' + [to.params.indicator].flat().join('/') } }) },
  { path: '/id/:rest(.+)', name: 'entity', component: () => import('./views/EntityView.vue'), meta: { title: 'entity.title' } },
  { path: '/:missing(.*)', name: 'missing', component: () => import('./views/MissingView.vue'), meta: { title: 'missing.title' } },
]

export const router = createRouter({
  history: createWebHistory(),
  routes,
  scrollBehavior(to, from, saved) {
    if (saved) return saved
    if (to.hash && document.getElementById(to.hash.slice(1))) return { el: to.hash, top: 76 }
    return to.path === from.path ? false : { top: 0 }
  },
})
