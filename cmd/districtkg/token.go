package main

import (
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/districtkg/districtkg/graph/api/auth"
	"github.com/districtkg/districtkg/schema"
)

func newToken() *cobra.Command {
	var file, expires string
	var scopes []string
	c := &cobra.Command{
		Use:   "token NAME",
		Short: "Make a token for the server and print its secret once",
		Long: `Adds a token to the tokens file that serve takes. The file holds only a hash: the
secret is printed here and nowhere else. Scopes: read, write, admin.`,
		Example: `  districtkg token analyst --scopes read --tokens tokens.tsv
  districtkg serve --db data/mine --writable --tokens tokens.tsv`,
		Args: cobra.ExactArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			secret, err := addToken(file, args[0], scopes, expires)
			if err != nil {
				return err
			}
			fmt.Fprintln(c.OutOrStdout(), secret)
			return nil
		},
	}
	c.Flags().StringVar(&file, "tokens", "tokens.tsv", "tokens file, made where there is none")
	c.Flags().StringSliceVar(&scopes, "scopes", []string{string(auth.Read)}, "what the token allows")
	c.Flags().StringVar(&expires, "expires", "", "last day on which it is good, such as 2027-12-31; never ends where empty")
	return c
}

// addToken makes a token, appends its line to the file and returns the secret.
func addToken(file, name string, scopes []string, expires string) (string, error) {
	var last time.Time
	if expires != "" {
		var err error
		if last, err = time.Parse(time.DateOnly, expires); err != nil {
			return "", fmt.Errorf("%w day %q: want one such as 2027-12-31", schema.ErrInvalid, expires)
		}
	}
	var list []auth.Scope
	for _, s := range scopes {
		list = append(list, auth.Scope(strings.TrimSpace(s)))
	}
	token, secret, err := auth.New(name, list, last)
	if err != nil {
		return "", fmt.Errorf("make token: %w", err)
	}
	f, err := os.OpenFile(file, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	if err != nil {
		return "", fmt.Errorf("keep token: %w", err)
	}
	_, err = fmt.Fprintln(f, token)
	if err := errors.Join(err, f.Close()); err != nil {
		return "", fmt.Errorf("keep token: %w", err)
	}
	return secret, nil
}
