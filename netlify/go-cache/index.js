// Keeps what Go has downloaded and compiled from one build at Netlify to the next, so that
// Hugo is compiled once and not at each push. Without it a build is slower, and nothing else:
// no fault here ends one.
const path = require('node:path')

/** @param {string} folder what Go keeps, by the variable that names the folder */
const folders = (folder) => ({
  GOCACHE: path.join(folder, 'build'),
  GOMODCACHE: path.join(folder, 'mod'),
})

// The folder lies beside Netlify's own cache, so that moving is a rename; where it is not, the files
// are copied.
const kept = path.resolve('.netlify', 'go')

/** Does something with the folder by moving it, or else by copying it. */
const carry = async (how) => {
  try {
    return await how(kept, { move: true })
  } catch {
    return how(kept).catch((error) => console.log(`Go's caches stay behind: ${error.message}`))
  }
}

module.exports = {
  async onPreBuild({ netlifyConfig, utils }) {
    const found = await carry(utils.cache.restore)
    console.log(found ? "Go's caches are those of the build before." : 'Go compiles all of it, this once.')
    // Writable, so that whoever clears the cache can.
    Object.assign(netlifyConfig.build.environment, folders(kept), { GOFLAGS: '-modcacherw' })
  },
  async onEnd({ utils }) {
    await carry(utils.cache.save)
  },
}
