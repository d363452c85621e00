#!/usr/bin/env node
/**
 * Starts the command. In an installed package that is dist/cli.js as it came; in a checkout, packages are installed
 * and dist/ is built first when they are missing or stale.
 *
 * Written so that an old Node can parse it and be told.
 */
const [major, minor] = process.versions.node.split('.').map(Number);

function fail(error) {
  process.stderr.write(`neural-crn: ${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}

async function start() {
  const { existsSync } = await import('node:fs');
  const prepare = new URL('../scripts/prepare.mjs', import.meta.url);
  if (existsSync(prepare)) {
    const checkout = await import(prepare.href);
    const words = process.argv.slice(2);
    await checkout.prepare({ quiet: words.includes('--quiet') || words.includes('-q') });
  }
  await import('../dist/cli.js');
}

if (major < 20 || (major === 20 && minor < 19)) {
  fail(`this needs Node 20.19 or newer, but is running on Node ${process.versions.node}`);
} else {
  start().catch(fail);
}
