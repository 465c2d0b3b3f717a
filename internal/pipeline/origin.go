package pipeline

import (
	"regexp"
	"strings"

	"portalgen/internal/check"
	"portalgen/internal/diag"
	"portalgen/internal/site"
)

// sharedOrigin warns of portals that share their origin with other pages.
func (b *Builder) sharedOrigin() diag.Problems {
	base := b.base.Load()
	return check.SharedOrigin(base.provider, placeOf("base_url", base.text)).WithText(site.ProviderFile, base.text)
}

// placeOf returns where a key stands at the top of the provider's file.
func placeOf(key string, text []byte) diag.Pos {
	pos := diag.Pos{File: site.ProviderFile}
	at := regexp.MustCompile(`(?m)^[ \t]*(` + key + `)[ \t]*=`).FindSubmatchIndex(text)
	if at != nil {
		before := string(text[:at[2]])
		pos.Line, pos.Column = strings.Count(before, "\n")+1, len(before)-strings.LastIndexByte(before, '\n')
		pos.Width = len(key)
	}
	return pos
}
