using System.Runtime.InteropServices;
using System.Text;
using Guestclock.Facts;
using Guestclock.Linux.Kvm.Calls;
using Guestclock.Machines;

namespace Guestclock.Linux.Live;

/// <summary>
/// Answers <see cref="Questions.Kvm"/> by the KVM device's own ioctls: a virtual machine with one virtual CPU is made, asked and
/// closed. No guest code runs. A call that fails becomes a field <c>error.NAME</c>; the other fields stay.
/// </summary>
public sealed class KvmDevice : IAnswerer
{
    /// <summary>Numbers of linux/kvm.h whose answers say what the clocks of guests can do.</summary>
    private static readonly int[] Capabilities = [8, 24, 33, 35, 39, 60, 61, 72, 76, 96, 127, 190, 214, 237];

    private readonly string _path;
    private readonly IKvmCalls _calls;

    public KvmDevice(string path = "/dev/kvm")
        : this(path, KvmCalls.Instance)
    {
    }

    internal KvmDevice(string path, IKvmCalls calls)
    {
        _path = path;
        _calls = calls;
    }

    public bool Answers(string name) => name == Questions.Kvm;

    public Fact<byte[]> Answer(Question question)
    {
        var device = _calls.Open(_path);
        if (device < 0)
            return Fact.Unknown<byte[]>(KvmException.StateOfOpening(-device), question.Name, $"{_path}: {Marshal.GetPInvokeErrorMessage(-device)}");
        var fields = new StringBuilder();
        try
        {
            AskDevice(device, fields);
        }
        finally
        {
            _calls.Close(device);
        }

        return Fact.Known(Encoding.UTF8.GetBytes(fields.ToString()), question.Name);
    }

    private void AskDevice(int device, StringBuilder fields)
    {
        if (Call(device, KvmRequests.GetApiVersion, 0, "api-version", fields) is not (>= 0 and var api))
            return;
        fields.Append($"api={api}\n");
        foreach (var number in Capabilities)
        {
            if (Call(device, KvmRequests.CheckExtension, number, $"cap.{number}", fields) is >= 0 and var value)
                fields.Append($"cap.{number}={value}\n");
        }

        var machine = Call(device, KvmRequests.CreateVm, 0, "create-vm", fields);
        if (machine < 0)
            return;
        try
        {
            AskMachine(machine, fields);
        }
        finally
        {
            _calls.Close(machine);
        }
    }

    private void AskMachine(int machine, StringBuilder fields)
    {
        var cpu = Call(machine, KvmRequests.CreateVcpu, 0, "create-vcpu", fields);
        if (cpu < 0)
            return;
        try
        {
            fields.Append("vcpu=1\n");
            if (Call(cpu, KvmRequests.GetTscKhz, 0, "get-tsc-khz", fields) is >= 0 and var khz)
                fields.Append($"tscKhz={khz}\n");
            AskClock(machine, fields);
        }
        finally
        {
            _calls.Close(cpu);
        }
    }

    /// <summary>The flags of a fresh machine are 0: KVM works out its master clock when the clock is set or a CPU runs.</summary>
    private unsafe void AskClock(int machine, StringBuilder fields)
    {
        var clock = default(KvmClockData);
        if (Call(machine, KvmRequests.GetClock, (nint)(&clock), "get-clock", fields) < 0)
            return;
        fields.Append($"fresh.flags={clock.Flags}\n");
        var set = new KvmClockData { Clock = clock.Clock };
        Call(machine, KvmRequests.SetClock, (nint)(&set), "set-clock", fields);
        clock = default;
        if (Call(machine, KvmRequests.GetClock, (nint)(&clock), "get-clock", fields) >= 0)
            fields.Append($"clock.clock={clock.Clock}\nclock.flags={clock.Flags}\n")
                .Append($"clock.realtime={clock.Realtime}\nclock.hostTsc={clock.HostTsc}\n");
    }

    private int Call(int fd, uint request, nint argument, string name, StringBuilder fields)
    {
        var result = _calls.Control(fd, request, argument);
        if (result < 0)
            Failed(name, -result, fields);
        return result;
    }

    private static void Failed(string name, int error, StringBuilder fields) =>
        fields.Append($"error.{name}={KvmException.NameOf(error)} {Marshal.GetPInvokeErrorMessage(error)}\n");
}
