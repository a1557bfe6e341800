/** The version of a record that lost its own. Only this store writes hashes without a version. */
export const UNVERSIONED = '?'

/**
 * KEYS: the record. ARGV: the version expected ('' for absent), the new version, what to do, the text, and the life in
 * milliseconds, or 'until-deleted' or 'as-before'. Answers 1 if it was done, 0 on a conflict.
 *
 * A client that lost the answer may send a commit again by itself (ioredis does). The new version, which is random,
 * is then already stored, and the commit succeeded.
 */
export const COMPARE_AND_SET: string = `
local current = redis.call('HGET', KEYS[1], 'v')
if not current then
  current = redis.call('EXISTS', KEYS[1]) == 1 and '${UNVERSIONED}' or ''
end
if current == ARGV[2] then return 1 end
if current ~= ARGV[1] then return 0 end
if ARGV[3] == 'delete' then
  redis.call('DEL', KEYS[1])
  return 1
end
redis.call('HSET', KEYS[1], 'v', ARGV[2], 't', ARGV[4])
if ARGV[5] == 'until-deleted' then
  redis.call('PERSIST', KEYS[1])
elseif ARGV[5] ~= 'as-before' then
  redis.call('PEXPIRE', KEYS[1], ARGV[5])
end
return 1
`
