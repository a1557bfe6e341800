# Lists the vendors of a Bitize account. This program never sees a token: the proxy puts it on.
require 'json'
require 'net/http'

url = URI("#{ENV.fetch('CHAVEIRO_URL')}/v1/proxy/bitize/default/vendors")
response = Net::HTTP.get_response(url, 'Authorization' => "Bearer #{ENV.fetch('CHAVEIRO_KEY')}")
answer = JSON.parse(response.body)
abort "#{answer['code']}: #{answer['detail']}" unless response.is_a?(Net::HTTPSuccess)
puts "#{answer['data'].size} vendors"
