import { fileURLToPath } from "node:url";
import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Every agency's portal is the same files; which agency it is stands in the path: /p/<agency>/... */
export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "/p/",
  plugins: [react(), tailwind()],
  build: {
    outDir: fileURLToPath(new URL("../.build/portal", import.meta.url)),
    emptyOutDir: true,
    // The content security policy lets scripts and styles in from files only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
