using System.Text.Json;
using System.Text.Json.Serialization;

namespace Guestclock.Json;

/// <summary>Enum members as <c>kebab-case</c> names in JSON; a member's own name is given by <see cref="JsonStringEnumMemberNameAttribute"/>.</summary>
public sealed class KebabEnumConverter<TEnum>() : JsonStringEnumConverter<TEnum>(JsonNamingPolicy.KebabCaseLower)
    where TEnum : struct, Enum;
