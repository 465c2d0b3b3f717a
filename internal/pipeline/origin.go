package pipeline

import (
	"regexp"
	"strings"

	"portalgen/internal/check"
	"portalgen/internal/diag"
	"portalgen/internal/site"
)

var baseLine = regexp.MustCompile(`(?m)^\x{FEFF}?[ \t]*base_url[ \t]*=`)

// sharedOrigin warns of portals that share their origin with other pages.
func (b *Builder) sharedOrigin() diag.Problems {
	base := b.base.Load()
	pos := diag.Pos{File: site.ProviderFile}
	if at := baseLine.FindIndex(base.text); at != nil {
		key := string(base.text[:at[1]-1])
		before := key[:strings.LastIndexByte(key, 'b')]
		pos.Line, pos.Column = strings.Count(before, "\n")+1, len(before)-strings.LastIndexByte(before, '\n')
		pos.Width = len("base_url")
	}
	return check.SharedOrigin(base.provider, pos).WithText(site.ProviderFile, base.text)
}
