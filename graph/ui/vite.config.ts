import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  plugins: [vue()],
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_I18N_FULL_INSTALL__: false,
    __VUE_I18N_LEGACY_API__: false,
    __INTLIFY_PROD_DEVTOOLS__: false,
    __INTLIFY_DROP_MESSAGE_COMPILER__: false,
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    sourcemap: false,
    assetsInlineLimit: 0, // the policy of ui.go admits no data: scripts or fonts
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
  server: {
    // `npm run dev` shows the page of a running `districtkg serve`.
    proxy: Object.fromEntries(['/api', '/docs', '/openapi.json', '/ns', '/shapes'].map((p) => [p, 'http://127.0.0.1:8080'])),
  },
  test: {
    environment: 'happy-dom',
    include: ['test/unit/**/*.test.ts'],
    testTimeout: 20_000,
    // The page asks its own origin only; tests answer in its place.
    environmentOptions: { happyDOM: { url: 'http://districtkg.test/' } },
  },
})
