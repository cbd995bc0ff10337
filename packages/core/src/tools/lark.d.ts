/** Grammars, imported as text. */
declare module "*.lark" {
  const text: string;
  export default text;
}
