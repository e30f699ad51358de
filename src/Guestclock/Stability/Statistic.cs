using System.Text.Json.Serialization;
using Guestclock.Json;

namespace Guestclock.Stability;

/// <summary>A measure of stability, as NIST SP 1065 names them. The names in lower case are frozen: <c>adev</c>, <c>oadev</c>, ...</summary>
[JsonConverter(typeof(KebabEnumConverter<Statistic>))]
public enum Statistic
{
    /// <summary>Allan deviation, not overlapping.</summary>
    Adev,

    /// <summary>Overlapping Allan deviation.</summary>
    Oadev,

    /// <summary>Modified Allan deviation.</summary>
    Mdev,

    /// <summary>Time deviation, in seconds.</summary>
    Tdev,

    /// <summary>Hadamard deviation, not overlapping.</summary>
    Hdev,

    /// <summary>Overlapping Hadamard deviation.</summary>
    Ohdev,

    /// <summary>Total deviation.</summary>
    Totdev,

    /// <summary>Maximum time interval error, in seconds.</summary>
    Mtie,

    /// <summary>Root mean square of the time interval error, in seconds.</summary>
    Tierms,
}
