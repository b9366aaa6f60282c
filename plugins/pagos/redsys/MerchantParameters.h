#pragma once

#include "Signature.h"
#include "zoco/Result.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pagos
{

/// What a message of Redsys says (`Ds_MerchantParameters`, base64 of a JSON object), whichever way its names are spelt:
/// `DS_MERCHANT_ORDER` and `Ds_Order` are both "order". A value.
///
/// It tells nothing of who sent it: check the signature over `encoded`, the text as it was received, first.
class MerchantParameters
{
public:
    /// Fails (400) when it is no such text, larger than 64 KiB, or says two different things of one name.
    static zoco::Result<MerchantParameters> read(std::string_view encoded);
    /// From names and values that came another way.
    static MerchantParameters of(const std::vector<std::pair<std::string, std::string>>& values);

    /// A value by its name in small letters without `ds_` and `merchant_`, such as "order", "merchantcode"; empty when
    /// there is none. Date and hour come decoded ("22/10/2021"); objects within come as their JSON.
    std::string_view operator[](std::string_view name) const noexcept;
    bool has(std::string_view name) const noexcept { return _values.find(name) != _values.end(); }

    /// A value that is a whole number without sign; nothing when it is none. "001" is 1.
    std::optional<std::int64_t> number(std::string_view name) const noexcept;

private:
    void put(std::string_view name, std::string value);

    std::map<std::string, std::string, std::less<>> _values;
    bool _isAmbiguous = false;
};

/// A text member of a JSON object, such as one that a value holds; empty when there is none.
std::string textMember(std::string_view json, const char* name);

/// The same to be sent: values under the names that are given, in their order. One thread.
class ParametersWriter
{
public:
    ParametersWriter& add(std::string_view name, std::string_view value);
    /// A value that is JSON itself.
    ParametersWriter& addJson(std::string_view name, std::string_view json);

    /// The text to sign and send, in the alphabet of the version.
    std::string encoded(SignatureVersion version) const;

private:
    std::string _members; ///< of the JSON object
};

} // namespace pagos
