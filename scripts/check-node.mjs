// Says in one sentence that this Node is too old, where an npm script is run with one. Loads under any Node.
const wanted = 24
const major = Number(process.versions.node.split('.')[0])
if (major < wanted) {
  process.stderr.write(
    `Tamas' scripts need Node ${wanted}; this is ${process.versions.node}. \`npm ci\` brings it on Linux and Windows; ` +
      `if it did, run the script with npm (\`npm start\`), else install Node ${wanted}.\n`
  )
  process.exit(1)
}
