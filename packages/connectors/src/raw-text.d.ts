/** Tests read their fixtures as text through the bundler, so that the package needs no file system even there. */
declare module "*?raw" {
  const text: string;
  export default text;
}
