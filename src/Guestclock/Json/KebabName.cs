using System.Text.Json;

namespace Guestclock.Json;

/// <summary>An enum member's name as <see cref="KebabEnumConverter{TEnum}"/> writes it, where no member has a name of its own.</summary>
public static class KebabName
{
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString());

    /// <summary>The member of that name; null: there is none.</summary>
    public static TEnum? Find<TEnum>(string? name)
        where TEnum : struct, Enum
    {
        foreach (var value in Enum.GetValues<TEnum>())
        {
            if (Of(value) == name)
                return value;
        }

        return null;
    }
}
