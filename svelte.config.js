// Svelte's compiler options, read by Vite, svelte-check and ESLint: runes everywhere, so that no file is in legacy mode.
/** @type {import('@sveltejs/vite-plugin-svelte').SvelteConfig} */
export default {
  compilerOptions: { runes: true }
}
