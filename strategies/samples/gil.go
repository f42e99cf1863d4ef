// Threads with a GIL: goroutines that share one sync.Mutex. Its holder may compute.
package main

import (
	"fmt"
	"math/big"
	"sync"
)

func main() {
	var gil sync.Mutex
	var group sync.WaitGroup
	for n := range int64(4) {
		group.Go(func() {
			for range 5 { // a turn each; one that has waited for 1 ms has the next
				gil.Lock()
				fmt.Println(n, new(big.Int).MulRange(1, 50_000*n).BitLen()) // work(n)
				gil.Unlock()
			}
		})
	}
	group.Wait()
}
