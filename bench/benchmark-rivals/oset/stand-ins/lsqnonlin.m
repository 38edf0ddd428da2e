function x = lsqnonlin(fun, x, lower, upper, options)
% Stands in for MATLAB's lsqnonlin, which Octave does not have: Levenberg–Marquardt within bounds, numeric Jacobian.
%
% Only what OSET's ECGOptimizeModel calls: a row of parameters, a row of residuals, TolX, TolFun and MaxIter of options.
% Source: Marquardt 1963, doi:10.1137/0111030; a step is clipped to the bounds.

    tol_x = optimget(options, "TolX", 1e-6);
    tol_fun = optimget(options, "TolFun", 1e-6);
    residual = fun(x)(:);
    damping = 1e-3;
    for iteration = 1:optimget(options, "MaxIter", 400)
        J = zeros(numel(residual), numel(x));
        for p = 1:numel(x)
            h = 1e-6 * max(1, abs(x(p)));
            moved = x;
            moved(p) += h;
            J(:, p) = (fun(moved)(:) - residual) / h;
        end
        H = J' * J;
        gradient = J' * residual;
        while damping < 1e10
            step = -(H + damping * diag(max(diag(H), 1e-12))) \ gradient;
            next = min(upper, max(lower, x + step'));
            next_residual = fun(next)(:);
            if sumsq(next_residual) < sumsq(residual)
                break;
            end
            damping *= 10;
        end
        if damping >= 1e10
            return;
        end
        fall = sumsq(residual) - sumsq(next_residual);
        moved = max(abs(next - x));
        x = next;
        residual = next_residual;
        damping = max(damping / 10, 1e-12);
        if fall < tol_fun * (1 + sumsq(residual)) && moved < tol_x * (1 + max(abs(x)))
            return;
        end
    end
end
