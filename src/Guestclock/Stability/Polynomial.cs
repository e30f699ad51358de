namespace Guestclock.Stability;

/// <summary>Least-squares polynomial up to the second degree through evenly spaced values of which some may be missing.</summary>
/// <remarks>Worked out in Legendre polynomials of u = −1 ... 1 over the whole span, which are nearly orthogonal on a grid, so that ten million points lose no digits.</remarks>
internal readonly record struct Polynomial(double Constant, double Slope, double Curve, int Count)
{
    /// <summary>Null where fewer values are there than the polynomial has parameters.</summary>
    public static Polynomial? Fit(ReadOnlySpan<double> values, int degree)
    {
        Span<double> matrix = stackalloc double[9];
        Span<double> right = stackalloc double[3];
        matrix.Clear();
        right.Clear();
        var present = 0L;
        var origin = FirstPresent(values);
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i]))
                continue;
            present++;
            var (v, u) = (values[i] - origin, At(i, values.Length));
            var q = Second(u);
            right[0] += v;
            right[1] += u * v;
            right[2] += q * v;
            matrix[1] += u;
            matrix[2] += q;
            matrix[4] += u * u;
            matrix[5] += u * q;
            matrix[8] += q * q;
        }

        if (present <= degree)
            return null;
        (matrix[0], matrix[3], matrix[6], matrix[7]) = (present, matrix[1], matrix[2], matrix[5]);
        Solve(matrix, right, degree + 1);
        return new(right[0] + origin, degree > 0 ? right[1] : 0, degree > 1 ? right[2] : 0, values.Length);
    }

    /// <summary>What it is at a point of the grid that it was fitted to.</summary>
    public double this[int i]
    {
        get
        {
            var u = At(i, Count);
            return Constant + (Slope * u) + (Curve * Second(u));
        }
    }

    private static double Second(double u) => ((3 * u * u) - 1) / 2;

    private static double At(int i, int count) => count < 2 ? 0 : ((2.0 * i) / (count - 1)) - 1;

    private static double FirstPresent(ReadOnlySpan<double> values)
    {
        foreach (var value in values)
        {
            if (!double.IsNaN(value))
                return value;
        }

        return 0;
    }

    /// <summary>Symmetric elimination without exchanging rows: the matrix is positive definite.</summary>
    private static void Solve(Span<double> matrix, Span<double> right, int size)
    {
        for (var k = 0; k < size; k++)
        {
            for (var row = 0; row < size; row++)
            {
                if (row == k)
                    continue;
                var factor = matrix[(3 * row) + k] / matrix[(3 * k) + k];
                for (var column = k; column < size; column++)
                    matrix[(3 * row) + column] -= factor * matrix[(3 * k) + column];
                right[row] -= factor * right[k];
            }
        }

        for (var k = 0; k < size; k++)
            right[k] /= matrix[(3 * k) + k];
    }
}
