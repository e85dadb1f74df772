/** Style sheets are imported as minified text and become constructable style sheets. */
declare module '*.css' {
  const text: string
  export default text
}
