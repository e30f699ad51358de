using System.Runtime.InteropServices;
using System.Text;
using Guestclock.Facts;
using Guestclock.Machines;

namespace Guestclock.Linux.Live;

/// <summary>
/// Answers <see cref="Questions.Kvm"/> by the KVM device's own ioctls: a virtual machine with one virtual CPU is made, asked and
/// closed. No guest code runs. A call that fails becomes a field <c>error.NAME</c>; the other fields stay.
/// </summary>
public sealed class KvmDevice(string path = "/dev/kvm") : IAnswerer
{
    /// <summary>Numbers of linux/kvm.h whose answers say what the clocks of guests can do.</summary>
    private static readonly int[] Capabilities = [8, 24, 33, 35, 39, 60, 61, 72, 76, 96, 127, 190, 214, 237];

    public bool Answers(string name) => name == Questions.Kvm;

    public Fact<byte[]> Answer(Question question)
    {
        var device = KvmIoctl.Open(path);
        if (device < 0)
            return NotOpened(question.Name, Marshal.GetLastPInvokeError());
        var fields = new StringBuilder();
        try
        {
            AskDevice(device, fields);
        }
        finally
        {
            _ = KvmIoctl.Close(device);
        }

        return Fact.Known(Encoding.UTF8.GetBytes(fields.ToString()), question.Name);
    }

    private static void AskDevice(int device, StringBuilder fields)
    {
        if (Call(device, KvmIoctl.GetApiVersion, 0, "api-version", fields) is not (>= 0 and var api))
            return;
        fields.Append($"api={api}\n");
        foreach (var number in Capabilities)
        {
            if (Call(device, KvmIoctl.CheckExtension, number, $"cap.{number}", fields) is >= 0 and var value)
                fields.Append($"cap.{number}={value}\n");
        }

        var machine = Call(device, KvmIoctl.CreateVm, 0, "create-vm", fields);
        if (machine < 0)
            return;
        try
        {
            AskMachine(machine, fields);
        }
        finally
        {
            _ = KvmIoctl.Close(machine);
        }
    }

    private static void AskMachine(int machine, StringBuilder fields)
    {
        var cpu = Call(machine, KvmIoctl.CreateVcpu, 0, "create-vcpu", fields);
        if (cpu < 0)
            return;
        try
        {
            fields.Append("vcpu=1\n");
            if (Call(cpu, KvmIoctl.GetTscKhz, 0, "get-tsc-khz", fields) is >= 0 and var khz)
                fields.Append($"tscKhz={khz}\n");
            AskClock(machine, fields);
        }
        finally
        {
            _ = KvmIoctl.Close(cpu);
        }
    }

    /// <summary>The flags of a fresh machine are 0: KVM works out its master clock when the clock is set or a CPU runs.</summary>
    private static void AskClock(int machine, StringBuilder fields)
    {
        var clock = default(KvmClockData);
        if (KvmIoctl.Call(machine, KvmIoctl.GetClock, ref clock) < 0)
        {
            Failed("get-clock", fields);
            return;
        }

        fields.Append($"fresh.flags={clock.Flags}\n");
        var set = new KvmClockData { Clock = clock.Clock };
        if (KvmIoctl.Call(machine, KvmIoctl.SetClock, ref set) < 0)
            Failed("set-clock", fields);
        clock = default;
        if (KvmIoctl.Call(machine, KvmIoctl.GetClock, ref clock) < 0)
            Failed("get-clock", fields);
        else
            fields.Append($"clock.clock={clock.Clock}\nclock.flags={clock.Flags}\n")
                .Append($"clock.realtime={clock.Realtime}\nclock.hostTsc={clock.HostTsc}\n");
    }

    private static int Call(int fd, nuint request, nint argument, string name, StringBuilder fields)
    {
        var result = KvmIoctl.Call(fd, request, argument);
        if (result < 0)
            Failed(name, fields);
        return result;
    }

    private static void Failed(string name, StringBuilder fields)
    {
        var error = Marshal.GetLastPInvokeError();
        fields.Append($"error.{name}={NameOf(error)} {Marshal.GetPInvokeErrorMessage(error)}\n");
    }

    private Fact<byte[]> NotOpened(string name, int error)
    {
        var state = error switch
        {
            1 or 13 => FactState.Denied,
            2 or 6 or 19 or 20 => FactState.Missing,
            _ => FactState.Failed,
        };
        return Fact.Unknown<byte[]>(state, name, $"{path}: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    /// <summary>Names of asm-generic/errno-base.h and errno.h.</summary>
    private static string NameOf(int error) => error switch
    {
        1 => "EPERM",
        5 => "EIO",
        6 => "ENXIO",
        12 => "ENOMEM",
        13 => "EACCES",
        14 => "EFAULT",
        16 => "EBUSY",
        17 => "EEXIST",
        19 => "ENODEV",
        22 => "EINVAL",
        24 => "EMFILE",
        25 => "ENOTTY",
        95 => "EOPNOTSUPP",
        _ => $"errno-{error}",
    };
}
