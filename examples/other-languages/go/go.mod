module example.com/chaveiro-proxy

go 1.19
