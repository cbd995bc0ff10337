/** Prompts are Markdown files beside the code, imported `with { type: "text" }`. */
declare module "*.md" {
  const text: string;
  export default text;
}
