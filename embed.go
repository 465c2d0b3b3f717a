// Package portalgen embeds the default portal (content, layouts, static, i18n), so
// that the binary works in any folder. What is in data is never embedded: there a
// provider's own clients stand.
package portalgen

import "embed"

// Defaults holds the folders content, layouts, static and i18n. A site's own file
// of the same name wins.
//
//go:embed all:content all:layouts all:static all:i18n
var Defaults embed.FS
