using Guestclock.Remedies;

namespace Guestclock.Fixes.Boot;

/// <summary>GRUB 2 and systemd-boot: templates, menus and Boot Loader Specification entries.</summary>
internal static class ModernBoot
{
    public static bool Plan(FixContext context, ArgumentChange change) => false;
}
