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
			gil.Lock()
			defer gil.Unlock()
			fmt.Println(n, new(big.Int).MulRange(1, 50_000*n).BitLen()) // work(n)
		})
	}
	group.Wait()
}
