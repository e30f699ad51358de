using Guestclock.Linux.Fixing.Calls;
using Guestclock.Linux.Native;

namespace Guestclock.Linux.Fixing.Files;

/// <summary>SELinux labels of what is new.</summary>
internal static class Labels
{
    /// <summary>
    /// A new file has the label that the kernel gave it; where there is no SELinux in the kernel (an image of a machine that has it), it gets that
    /// of its folder, which is what the policy would mostly say. Where labels cannot be set, none is needed here.
    /// </summary>
    public static void FromFolder(Folder folder, int descriptor, string path, ChangeCalls calls)
    {
        if (Wanted(folder) is { } label && Attributes.Get(descriptor, Attributes.Label) is null && LibC.EffectiveUser() == 0)
            calls.SetAttribute(descriptor, Attributes.Label, label, path);
    }

    /// <inheritdoc cref="FromFolder"/>
    public static void OfLinkFromFolder(Folder folder, string name, ChangeCalls calls)
    {
        if (Wanted(folder) is { } label && LibC.EffectiveUser() == 0 && !Attributes.OfLink(folder, name).ContainsKey(Attributes.Label))
            calls.SetLinkAttribute(folder, name, Attributes.Label, label);
    }

    private static byte[]? Wanted(Folder folder) => Attributes.Get(folder.Descriptor, Attributes.Label);
}
