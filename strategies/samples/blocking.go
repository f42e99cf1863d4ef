// Blocking: a for loop. Until the last call is done, this goroutine does nothing else.
package main

import (
	"fmt"
	"math/big"
)

// work counts the bits of n!.
func work(n int64) int { return new(big.Int).MulRange(1, n).BitLen() }

func main() {
	for n := range int64(4) {
		fmt.Println(work(50_000 * n))
	}
}
