import bundled from "./catalogue.json";

/** The built-in models as they stand in the file: `{"models": […]}`, the form that `model_catalog_json` takes too. */
export const bundledCatalogue: { readonly models: readonly object[] } = bundled;
