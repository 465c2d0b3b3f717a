// Command portalgen renders one sealed portal for each client of a service
// business. See README.md.
package main

import (
	"os"

	"portalgen/internal/cli"
)

func main() {
	os.Exit(cli.Main(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
