using System.Text.Json.Serialization;
using Guestclock.Json;

namespace Guestclock.Stability;

/// <summary>The dominant power-law noise: S_y(f) goes with f to the power of the number (alpha of NIST SP 1065). The names are frozen.</summary>
[JsonConverter(typeof(KebabEnumConverter<NoiseType>))]
public enum NoiseType
{
    RandomRunFm = -4,
    FlickerWalkFm = -3,
    RandomWalkFm = -2,
    FlickerFm = -1,
    WhiteFm = 0,
    FlickerPm = 1,
    WhitePm = 2,

    /// <summary>Too few points to tell.</summary>
    Unknown = 99,
}
