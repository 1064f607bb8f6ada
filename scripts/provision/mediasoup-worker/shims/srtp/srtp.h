// The part of libsrtp 3's interface that mediasoup's worker uses, over libsrtp 2. All cryptography is libsrtp 2's own;
// here only the shape of the calls changes:
//   - a policy is made, filled by setters and destroyed, where version 2 has an open struct;
//   - master key and salt come apart, where version 2 wants them in one buffer;
//   - packets go from one buffer into another with size_t lengths, where version 2 works in place with int.
#pragma once

#include <climits>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <new>

// Version 3 gives this name to a pointer, so version 2's struct goes by another one.
#define srtp_policy_t srtp_v2_policy_t
#include <srtp2/srtp.h>
#undef srtp_policy_t

// Two errors that version 2 lacks, with the numbers they have in version 3.
constexpr auto srtp_err_status_buffer_small{ static_cast<srtp_err_status_t>(28) };
constexpr auto srtp_err_status_cryptex_err{ static_cast<srtp_err_status_t>(29) };

struct srtp_v3_policy
{
	srtp_v2_policy_t v2{};
	uint8_t keyAndSalt[SRTP_MAX_KEY_LEN]{};

	srtp_v3_policy() = default;
	srtp_v3_policy(const srtp_v3_policy&) = delete;
	srtp_v3_policy& operator=(const srtp_v3_policy&) = delete;

	~srtp_v3_policy()
	{
		// The key does not stay behind in freed memory; volatile, so that the compiler keeps the writes.
		for (volatile uint8_t& byte : this->keyAndSalt)
		{
			byte = 0;
		}
	}
};

using srtp_policy_t = srtp_v3_policy*;

inline srtp_err_status_t srtp_policy_create(srtp_policy_t* policy)
{
	*policy = new (std::nothrow) srtp_v3_policy{};

	return *policy == nullptr ? srtp_err_status_alloc_fail : srtp_err_status_ok;
}

inline void srtp_policy_destroy(srtp_policy_t policy)
{
	delete policy;
}

inline srtp_err_status_t srtp_policy_set_ssrc(srtp_policy_t policy, srtp_ssrc_t ssrc)
{
	policy->v2.ssrc = ssrc;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_profile(srtp_policy_t policy, srtp_profile_t profile)
{
	const auto rtp = srtp_crypto_policy_set_from_profile_for_rtp(&policy->v2.rtp, profile);

	return rtp == srtp_err_status_ok
	         ? srtp_crypto_policy_set_from_profile_for_rtcp(&policy->v2.rtcp, profile)
	         : rtp;
}

// Takes exactly one key, without a master key identifier: the worker never gives more.
inline srtp_err_status_t srtp_policy_add_key(
  srtp_policy_t policy,
  const uint8_t* key,
  size_t keyLen,
  const uint8_t* salt,
  size_t saltLen,
  const uint8_t* /*mki*/,
  size_t mkiLen)
{
	constexpr size_t room{ SRTP_MAX_KEY_LEN };

	if (mkiLen > 0 || policy->v2.key != nullptr || keyLen > room || saltLen > room - keyLen)
	{
		return srtp_err_status_bad_param;
	}

	std::memcpy(policy->keyAndSalt, key, keyLen);
	std::memcpy(policy->keyAndSalt + keyLen, salt, saltLen);
	policy->v2.key = policy->keyAndSalt;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_allow_repeat_tx(srtp_policy_t policy, bool allow)
{
	policy->v2.allow_repeat_tx = allow ? 1 : 0;

	return srtp_err_status_ok;
}

inline srtp_err_status_t srtp_policy_set_window_size(srtp_policy_t policy, size_t size)
{
	policy->v2.window_size = static_cast<unsigned long>(size);

	return srtp_err_status_ok;
}

// Version 2 copies what it needs, so the caller may destroy the policy at once.
inline srtp_err_status_t srtp_create(srtp_t* session, srtp_policy_t policy)
{
	const srtp_v2_policy_t* v2 = &policy->v2;

	return v2->key == nullptr ? srtp_err_status_bad_param : srtp_create(session, v2);
}

inline srtp_err_status_t srtp_stream_remove(srtp_t session, uint32_t ssrc)
{
	return srtp_remove_stream(session, ssrc);
}

// Copies the packet into the output buffer and lets version 2 work on it there. growth: the most that it may append.
inline srtp_err_status_t srtp_v2_in_place(
  srtp_err_status_t (*work)(srtp_t, void*, int*),
  srtp_t session,
  const uint8_t* in,
  size_t inLen,
  uint8_t* out,
  size_t* outLen,
  size_t growth)
{
	if (inLen > INT_MAX - growth)
	{
		return srtp_err_status_bad_param;
	}

	if (inLen + growth > *outLen)
	{
		return srtp_err_status_buffer_small;
	}

	if (in != out)
	{
		std::memmove(out, in, inLen);
	}

	auto len          = static_cast<int>(inLen);
	const auto status = work(session, out, &len);

	if (status == srtp_err_status_ok)
	{
		*outLen = static_cast<size_t>(len);
	}

	return status;
}

inline srtp_err_status_t srtp_protect(
  srtp_t session, const uint8_t* rtp, size_t rtpLen, uint8_t* srtp, size_t* srtpLen, size_t /*mkiIndex*/)
{
	return srtp_v2_in_place(srtp_protect, session, rtp, rtpLen, srtp, srtpLen, SRTP_MAX_TRAILER_LEN);
}

inline srtp_err_status_t srtp_protect_rtcp(
  srtp_t session, const uint8_t* rtcp, size_t rtcpLen, uint8_t* srtcp, size_t* srtcpLen, size_t /*mkiIndex*/)
{
	// Besides the trailer SRTCP appends its index.
	constexpr size_t growth{ SRTP_MAX_TRAILER_LEN + sizeof(uint32_t) };

	return srtp_v2_in_place(srtp_protect_rtcp, session, rtcp, rtcpLen, srtcp, srtcpLen, growth);
}

inline srtp_err_status_t srtp_unprotect(
  srtp_t session, const uint8_t* srtp, size_t srtpLen, uint8_t* rtp, size_t* rtpLen)
{
	return srtp_v2_in_place(srtp_unprotect, session, srtp, srtpLen, rtp, rtpLen, 0);
}

inline srtp_err_status_t srtp_unprotect_rtcp(
  srtp_t session, const uint8_t* srtcp, size_t srtcpLen, uint8_t* rtcp, size_t* rtcpLen)
{
	return srtp_v2_in_place(srtp_unprotect_rtcp, session, srtcp, srtcpLen, rtcp, rtcpLen, 0);
}
