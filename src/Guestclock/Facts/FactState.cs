using Guestclock.Json;

namespace Guestclock.Facts;

/// <summary>Whether a fact is known and, if not, why. The names are part of the JSON of <c>facts</c> and of recorded machines.</summary>
[System.Text.Json.Serialization.JsonConverter(typeof(KebabEnumConverter<FactState>))]
public enum FactState
{
    /// <summary>The value was read.</summary>
    Known,

    /// <summary>The machine does not have it: no such file, no such device, no such setting.</summary>
    Missing,

    /// <summary>It exists, but this user may not read it; root may.</summary>
    Denied,

    /// <summary>The kernel, device or program does not offer it.</summary>
    Unsupported,

    /// <summary>An image or a recording does not hold it; a running machine would.</summary>
    NotRecorded,

    /// <summary>It did not answer within its time limit.</summary>
    TimedOut,

    /// <summary>It answered, but the answer breaks the format or a size limit.</summary>
    Malformed,

    /// <summary>Reading failed in another way; the reason is in <see cref="Fact{T}.Why"/>.</summary>
    Failed,
}
