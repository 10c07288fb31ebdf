/** What the help of the whole program ends with. */
export const helpEnd = `
The local site is that of the data folder ANTIDOTE_DATA (.data without it).
Other commands ask the site at ANTIDOTE_URL (http://localhost:3000 without it,
or the port in PORT). 'npx antidote <command> --help' says more of a command.

Exit codes: 0 all is well; 1 the defense failed, or something is refused or
differs; 2 the call is wrong; 3 something failed on this side.`;
