'use client';

/** Where even the frame around every page failed. */
export default function GlobalError() {
  return (
    <html lang="en">
      <body>
        <h1>Antidote could not be shown</h1>
        <p>
          Something failed. Load the page again in a moment, or go <a href="/">to the board</a>.
        </p>
      </body>
    </html>
  );
}
