-- The same requests in two spellings. env: WL=get|list|search|create  SHAPE=peers|tessera  DATA=file of "token<TAB>record id"
local WL, SHAPE = os.getenv("WL"), os.getenv("SHAPE")
local S = SHAPE == "tessera" and {
  path = "/api/v1/recruiting/candidates", limit = "limit=25", sorts = { "-createdAt", "fullName" },
  body = '{"fullName":"New Client %d","email":"new%d@example.test","phone":"+49 30 123456","position":"Bench GmbH","status":"applied","notes":"created by the load generator"}',
} or {
  path = "/api/clients", limit = "pageSize=25", sorts = { "-created_at", "name" },
  body = '{"name":"New Client %d","email":"new%d@example.test","phone":"+49 30 123456","company":"Bench GmbH","status":"lead","notes":"created by the load generator"}',
}
-- From no hit in most tenants to the whole tenant.
local words = { "client9", "client12", "client77", "Acme", "Anna", "GmbH", "client999", "example" }
local rows, n, k, started = {}, 0, 0, 0
for line in io.lines(os.getenv("DATA")) do
  local token, id = line:match("^(%S+)\t(%S+)")
  n = n + 1
  rows[n] = { { ["Authorization"] = "Bearer " .. token, ["Content-Type"] = "application/json" }, id }
end
function setup(thread) started = started + 1; thread:set("seed", started) end
function init() math.randomseed(os.time() * 10 + (seed or 0)); k = math.random(n) end
local make = {
  get = function(r) return wrk.format("GET", S.path .. "/" .. r[2], r[1]) end,
  list = function(r) return wrk.format("GET", S.path .. "?" .. S.limit .. "&page=" .. math.random(20) .. "&sort=" .. S.sorts[math.random(2)], r[1]) end,
  search = function(r) return wrk.format("GET", S.path .. "?" .. S.limit .. "&page=1&sort=" .. S.sorts[2] .. "&search=" .. words[math.random(#words)], r[1]) end,
  create = function(r)
    local x = math.random(1, 2000000000)
    return wrk.format("POST", S.path, r[1], string.format(S.body, x, x))
  end,
}
function request() k = k % n + 1; return make[WL](rows[k]) end
function done(summary, latency)
  io.write(string.format('\nJSON {"requests":%d,"duration_us":%d,"p50_us":%d,"p99_us":%d,"refused":%d,"broken":%d}\n', summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), summary.errors.status, summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout))
end
