/**
 * Next's bundler rewrites the numbers of a JSON file, and the last bit of some changes. With this loader the bundle
 * holds the file's text, and `JSON.parse` reads it. So the site has the same numbers as the command line.
 */
export default (text) => `export default JSON.parse(${JSON.stringify(text)});`;
