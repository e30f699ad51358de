using System.Text.Json.Serialization;
using Guestclock.Json;

namespace Guestclock.Fixes.Steps;

/// <summary>The order in which a plan's steps are performed.</summary>
[JsonConverter(typeof(KebabEnumConverter<StepPhase>))]
public enum StepPhase
{
    /// <summary>Configuration files and links.</summary>
    Files,

    /// <summary>Files that a program writes from them: grub.cfg, the list of units.</summary>
    Generate,

    /// <summary>The real reader's word that it takes them, before anything rests on them.</summary>
    Validate,

    /// <summary>The running machine follows: a service starts, a module is loaded, the clock source changes.</summary>
    Activate,
}

/// <summary>When a step shows. The names are frozen.</summary>
[JsonConverter(typeof(KebabEnumConverter<Effect>))]
public enum Effect
{
    Now,

    /// <summary>When the service that reads it is started again.</summary>
    ServiceRestart,
    NextBoot,

    /// <summary>When the guest is started the next time (powered off before, not rebooted).</summary>
    GuestStart,
}

/// <summary>What a step may do besides what it is for. Anything but none is taken only when it is named. The names are frozen.</summary>
[JsonConverter(typeof(KebabEnumConverter<Risk>))]
public enum Risk
{
    None,

    /// <summary>The clock may be stepped.</summary>
    Clock,

    /// <summary>Guests may be paused, disconnected or stopped.</summary>
    Guests,

    /// <summary>The machine may not boot any more if something is wrong with it.</summary>
    Boot,
}
