export type Notification = { readonly method: string; readonly params: unknown };
