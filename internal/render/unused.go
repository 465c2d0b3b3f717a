package render

// unused are templates of Hugo's own that no page of a portal can use: feeds and
// maps of the site, players and buttons of other companies (whose requests the
// content security policy refuses anyway), paging. Hugo parses its own templates
// for each site unless the site has one of the same name, so empty files in their place save
// half of the time before the first page of a site. A theme's own file of such a name is
// used.
var unused = []string{
	"_markup/render-codeblock-goat.html",
	"_partials/_funcs/get-page-images.html",
	"_partials/disqus.html",
	"_partials/google_analytics.html",
	"_partials/opengraph.html",
	"_partials/pagination.html",
	"_partials/schema.html",
	"_partials/twitter_cards.html",
	"_server/error.html",
	"_shortcodes/1__h_simple_assets.html",
	"_shortcodes/gist.html",
	"_shortcodes/instagram.html",
	"_shortcodes/instagram_simple.html",
	"_shortcodes/qr.html",
	"_shortcodes/twitter.html",
	"_shortcodes/twitter_simple.html",
	"_shortcodes/vimeo.html",
	"_shortcodes/vimeo_simple.html",
	"_shortcodes/x.html",
	"_shortcodes/x_simple.html",
	"_shortcodes/youtube.html",
	"alias.html",
	"robots.txt",
	"rss.xml",
	"sitemap.xml",
	"sitemapindex.xml",
}

// embedded are the others of Hugo's own templates. A theme may use them: they are parsed with
// the look, and not again for each site.
var embedded = []string{
	"_hugo/build/js/batch-esm-runner.gotmpl",
	"_markup/render-image.html",
	"_markup/render-link.html",
	"_markup/render-table.html",
	"_shortcodes/comment.html",
	"_shortcodes/details.html",
	"_shortcodes/figure.html",
	"_shortcodes/highlight.html",
	"_shortcodes/param.html",
	"_shortcodes/ref.html",
	"_shortcodes/relref.html",
}
