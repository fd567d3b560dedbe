interface ImportMeta {
  /** Vite puts a constant in its place. */
  readonly env: { readonly DEV: boolean };
}
